##@ Monitoring

MONITORING := $(patsubst %/,%,$(dir $(lastword $(MAKEFILE_LIST))))
# The tag excludes all service discovery except Kubernetes, which saves minutes of compilation.
PROMETHEUS := CGO_ENABLED=0 GOWORK=off GOFLAGS=-tags=remove_all_sd

.PHONY: rules
rules: ## Generate deploy/monitoring/prometheusrule.yaml from rules.yaml
	generated=$$($(MONITORING)/prometheusrule)
	printf '%s\n' "$$generated" > deploy/monitoring/prometheusrule.yaml

.PHONY: monitoring
monitoring: ## Check the alert rules and the dashboard with promtool and the Prometheus engine
	$(MONITORING)/prometheusrule | diff -u deploy/monitoring/prometheusrule.yaml - || { \
	  echo 'deploy/monitoring/prometheusrule.yaml does not match rules.yaml: run "make rules" and commit the result' >&2; exit 1; }
	$(call need,go,golang-go)
	# "go tool" would ignore the tag.
	$(PROMETHEUS) go -C $(MONITORING) build -o '$(CURDIR)/target/promtool' github.com/prometheus/prometheus/cmd/promtool
	target/promtool check rules deploy/monitoring/rules.yaml
	target/promtool test rules $(MONITORING)/rules-test.yaml
	# -count=1: Go does not track files outside the module and would reuse a cached result.
	$(PROMETHEUS) go -C $(MONITORING) test -count=1 ./...

.PHONY: dashboard
dashboard: ## Regenerate docs/dashboard.svg from the dashboard and src/monitoring/example.promql
	$(call need,go,golang-go)
	$(PROMETHEUS) go -C $(MONITORING) test -count=1 ./... -update
