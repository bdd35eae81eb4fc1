##@ Measure

BENCH := $(dir $(lastword $(MAKEFILE_LIST)))run

.PHONY: bench
bench: tools ## Compare how fast policies are evaluated here and in kube-apiserver (ROUNDS=5, CPU=0)
	$(call need,go,golang-go)
	MAVEN_FLAGS='$(MAVEN_FLAGS)' $(BENCH) '$(or $(ROUNDS),5)' '$(or $(CPU),0)'
