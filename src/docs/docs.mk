##@ Documentation

DOCS := $(patsubst %/,%,$(dir $(lastword $(MAKEFILE_LIST))))

.PHONY: docs
docs: ## Build the documentation as a static site with search in target/site
	$(DOCS)/site target/site

.PHONY: api-reference
api-reference: tools ## Regenerate docs/api.md from crds/
	$(MAVEN) test -Dtest=ApiReferenceTest -Dapi-reference.update=true
