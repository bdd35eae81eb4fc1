REPLAY := $(dir $(lastword $(MAKEFILE_LIST)))

.PHONY: bench-replay
bench-replay: tools dist ## Benchmark auditpolicy replay against jq, Go and wc on a log of real events (MEGABYTES=1100, ROUNDS=3)
	$(call need,go,golang-go)
	$(call need,jq,jq)
	$(REPLAY)bench target/auditpolicy '$(or $(MEGABYTES),1100)' '$(or $(ROUNDS),3)'
