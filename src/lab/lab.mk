##@ Lab

LAB := $(dir $(lastword $(MAKEFILE_LIST)))lab

.PHONY: lab-up
lab-up: ## Start a real control plane on this machine (NODES=1 or 3), or reuse it
	$(LAB) up $(or $(NODES),3)

.PHONY: lab-up-systemd
lab-up-systemd: ## Start a control plane of systemd services, or reuse it (NODES=1 or 3, KUBELET=NODE)
	$(LAB) up $(or $(NODES),3) --systemd $(if $(KUBELET),--kubelet=$(KUBELET))

.PHONY: lab-down
lab-down: ## Remove the lab completely
	$(LAB) down

.PHONY: lab-status
lab-status: ## Show the nodes of the lab and their health
	$(LAB) status

.PHONY: lab-shell
lab-shell: ## Open a shell on a node of the lab (NODE=cp1)
	$(LAB) shell $(or $(NODE),cp1)

.PHONY: lab-deps
lab-deps: ## Install missing Debian packages for the lab
	$(LAB) deps

.PHONY: lab-binaries
lab-binaries: ## Build Kubernetes and etcd for the lab into the cache
	$(LAB) binaries
