##@ Manifests

LINTERS := $(patsubst %/,%,$(dir $(lastword $(MAKEFILE_LIST))))

.PHONY: linters
linters: ## Check deploy/ and the chart with kubeconform, kube-score and checkov; answers.txt has what may stay
	$(call need,go,golang-go)
	$(call need,jq,jq)
	$(call need,python3,python3-venv)
	$(LINTERS)/check
