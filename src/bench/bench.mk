##@ Measure

BENCH := $(dir $(lastword $(MAKEFILE_LIST)))run

.PHONY: bench
bench: tools ## Benchmark policy evaluation against kube-apiserver (ROUNDS=5, CPU=0)
	$(call need,go,golang-go)
	MAVEN_FLAGS='$(MAVEN_FLAGS)' $(BENCH) '$(or $(ROUNDS),5)' '$(or $(CPU),0)'

.PHONY: mutate
mutate: tools ## Compare validation of randomly mutated policies with kube-apiserver (COUNT=20000, SEED=1)
	$(call need,go,golang-go)
	mkdir -p target
	go -C src/bench/go run ./mutate -seed '$(or $(SEED),1)' -count '$(or $(COUNT),20000)' \
	  '$(CURDIR)'/src/bench/go/mutate/flow.yaml '$(CURDIR)'/src/test/resources/policies/*.yaml > target/mutations.jsonl
	$(MAVEN) --quiet test -Dtest=MutatedPoliciesTest -Dmutations='$(CURDIR)/target/mutations.jsonl'
