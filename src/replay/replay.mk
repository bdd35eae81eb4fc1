REPLAY := $(dir $(lastword $(MAKEFILE_LIST)))

.PHONY: bench-replay
bench-replay: tools dist ## Benchmark auditpolicy replay against jq, Go and wc on a log of real events (MEGABYTES=1100, ROUNDS=3)
	$(call need,go,golang-go)
	$(call need,jq,jq)
	$(REPLAY)bench target/auditpolicy '$(or $(MEGABYTES),1100)' '$(or $(ROUNDS),3)'

.PHONY: replay-truth
replay-truth: tools ## Record the same requests under four policies on a lab of one node, and check that replay predicts them
	$(call need,python3,python3)
	export LAB_NAME=$${LAB_NAME:-truth}
	trap 'src/lab/lab down' EXIT
	src/lab/lab up 1
	$(REPLAY)truth/record.py target/replay-truth $(REPLAY)truth/everything.yaml src/test/resources/policies/gce-2026.yaml \
	  src/main/resources/dev/auditpolicy/cli/preset/recommended.yaml $(REPLAY)truth/difficult.yaml
	$(MAVEN) test $(SKIP_CHECKS) -Dtest=ReplayTruthTest -Dreplay-truth='$(CURDIR)/target/replay-truth'
