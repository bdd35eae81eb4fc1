##@ Measure

BENCH := $(dir $(lastword $(MAKEFILE_LIST)))run

.PHONY: bench
bench: tools ## Compare how fast policies are evaluated here and in kube-apiserver (ROUNDS=5, CPU=0)
	$(call need,go,golang-go)
	MAVEN_FLAGS='$(MAVEN_FLAGS)' $(BENCH) '$(or $(ROUNDS),5)' '$(or $(CPU),0)'

.PHONY: mutate
mutate: tools ## Compare verdicts on policies changed at random with those of kube-apiserver's loader (COUNT=20000, SEED=1)
	$(call need,go,golang-go)
	mkdir -p target
	go -C src/bench/go run ./mutate -seed '$(or $(SEED),1)' -count '$(or $(COUNT),20000)' \
	  '$(CURDIR)'/src/bench/go/mutate/flow.yaml '$(CURDIR)'/src/test/resources/policies/*.yaml > target/mutations.jsonl
	$(MAVEN) --quiet test -Dtest=MutatedPoliciesTest -Dmutations='$(CURDIR)/target/mutations.jsonl'
