##@ Documentation

DOCS := $(patsubst %/,%,$(dir $(lastword $(MAKEFILE_LIST))))

.PHONY: docs
docs: ## Build the documentation as a static site with search in target/site
	$(DOCS)/site target/site

.PHONY: api-reference
api-reference: tools ## Regenerate docs/api.md from crds/
	$(MAVEN) test -Dtest=ApiReferenceTest -Dapi-reference.update=true

.PHONY: schemas
schemas: tools ## Regenerate the JSON Schemas in deploy/schemas from crds/, for editors and kubeconform
	$(MAVEN) test -Dtest=JsonSchemasTest -Dschemas.update=true
