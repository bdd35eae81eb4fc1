##@ GitOps

GITOPS := $(patsubst %/,%,$(dir $(lastword $(MAKEFILE_LIST))))
ARGOCD := deploy/gitops/argocd
GITOPS_GO := CGO_ENABLED=0 GOWORK=off go -C $(GITOPS)

.PHONY: health
health: ## Check what kstatus (Flux, Helm) and Argo CD's health script say of every status of an AuditPolicy
	$(GITOPS)/argocd-cm | diff -u $(ARGOCD)/argocd-cm.yaml - || { \
	  echo '$(ARGOCD)/argocd-cm.yaml does not match health.lua: run "make states" and commit the result' >&2; exit 1; }
	$(call need,go,golang-go)
	# -count=1: Go does not track files outside the module and would reuse a cached result.
	$(GITOPS_GO) test -count=1 ./...

.PHONY: states
states: tools ## Regenerate the statuses for "make health" from the Java code, and what the health script says of them
	$(call need,go,golang-go)
	# The test that compares them fails if they differ, and writes them first.
	$(MAVEN) test $(SKIP_CHECKS) -Dtest=GitOpsStatesTest -Dmaven.test.failure.ignore
	rm -f $(ARGOCD)/resource_customizations/auditpolicy.dev/AuditPolicy/testdata/*.yaml
	cp target/gitops-states/*.yaml $(ARGOCD)/resource_customizations/auditpolicy.dev/AuditPolicy/testdata/
	generated=$$($(GITOPS)/argocd-cm)
	printf '%s\n' "$$generated" > $(ARGOCD)/argocd-cm.yaml
	$(GITOPS_GO) test -count=1 -run TestUpstreamTest ./... -update

.PHONY: gitops
gitops: tools ## Run Flux's kustomize-controller against a lab of one node
	$(call need,go,golang-go)
	base=$$(src/image/base)
	flux=$$($(GITOPS)/kustomize-controller)
	trap 'src/lab/lab down' EXIT
	$(MAVEN) verify -DskipUnitTests -DskipITs -DskipE2E=false $(SKIP_CHECKS) -Dimage.base="$$base" -Dflux.directory="$$flux" \
	  -Dit.test=FluxTrial $(ORDER)
