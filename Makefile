# "make help" lists the targets. Variables:
#   TEST=CLASS or TEST=CLASS#METHOD  runs only these tests (unit, it, e2e)
#   SEED=NUMBER                      repeats an order of the end-to-end tests, which is random and printed at their start
#   MAVEN_FLAGS=FLAGS                passes flags to Maven, for example -o to work offline
#   VERBOSE=1                        shows the output of the Maven plugins

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help

JAVA_RELEASE := 25

# Tested in addition to the Kubernetes version of the lab, because minor versions differ. Separated by spaces.
OLDER_KUBERNETES := 1.35.4

# The first JDK that is new enough, from $JAVA_HOME, $PATH and /usr/lib/jvm.
export JAVA_HOME := $(shell \
  for jdk in "$${JAVA_HOME:-}" "$$(readlink -f "$$(command -v javac)" | sed 's,/bin/javac$$,,')" /usr/lib/jvm/*; do \
    release=$$(sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$$jdk/release" 2> /dev/null || true); \
    if [ -x "$$jdk/bin/javac" ] && [ "$${release:-0}" -ge $(JAVA_RELEASE) ]; then echo "$$jdk"; break; fi; \
  done)

# Some plugins start the java on $PATH.
ifneq ($(JAVA_HOME),)
export PATH := $(JAVA_HOME)/bin:$(PATH)
endif

# By default, Maven logs only warnings, errors and test results.
MAVEN_LOG := org.slf4j.simpleLogger
ifndef VERBOSE
export MAVEN_OPTS := $(MAVEN_OPTS) -D$(MAVEN_LOG).defaultLogLevel=warn \
  $(foreach plugin,surefire failsafe,-D$(MAVEN_LOG).log.org.apache.maven.plugin.$(plugin)=info)
endif

MAVEN := mvn --batch-mode --no-transfer-progress $(MAVEN_FLAGS)
# The plugin is an extension, but with Maven 3.8 it fails to detect that.
FALSE_ALARM := '/^\[WARNING\] The Maven extensions for the Quarkus Maven plugin are not enabled/,+8d'
ONLY := $(if $(TEST),-Dtest='$(TEST)' -Dit.test='$(TEST)')
# The last lines of a run that failed: each failed test with the beginning of its message. A diagnosis can be long.
LIST_FAILURES = { code=$$?; grep -hA4 -E '<<< (FAILURE|ERROR)!' target/*-reports/*.txt | cut -c1-1000; exit $$code; }
ORDER := $(if $(SEED),-De2e.seed=$(SEED))
SKIP_CHECKS := -Dspotless.check.skip -Dmdep.analyze.skip -Dspotbugs.skip
SHELL_SCRIPTS = $(shell git grep -lE '^\#!.*\b(ba)?sh$$'; git ls-files '*.sh')

##@ Build

.PHONY: build
build: tools ## Compile, check, run unit tests and package
	$(MAVEN) package

.PHONY: image
image: tools ## Build the container image as a tar, without a Docker daemon or a registry
	echo 'Building the image.'
	base=$$(src/image/base)
	$(MAVEN) package -DskipTests $(SKIP_CHECKS) -Dimage.base="$$base" | sed $(FALSE_ALARM)
	ls -l --human-readable target/*.tar

.PHONY: crds
crds: tools ## Regenerate crds/ from the Java types
	rm -f crds/*.yml
	$(MAVEN) process-classes -Dcrds.directory='$(CURDIR)/crds'

.PHONY: format
format: tools ## Format the Java sources
	$(MAVEN) spotless:apply

.PHONY: clean
clean: ## Remove build output; caches are kept
	rm -rf target

##@ Test

.PHONY: test
test: deps tools monitoring health chart ## Run the tests: unit, integration and end to end, without the slow and rare ones of "make e2e" and "make faults"
	base=$$(src/image/base)
	servers=$$(src/lab/lab kube-api-test-dir)
	for version in $(OLDER_KUBERNETES); do LAB_VERSION=$$version src/lab/lab kube-api-test-dir > /dev/null; done
	trap 'src/lab/lab down' EXIT
	$(MAVEN) verify -DexcludedGroups=rare -Dimage.base="$$base" -Dkube-api-test.dir="$$servers" $(ORDER) || $(LIST_FAILURES)

.PHONY: unit
unit: tools ## Run the unit tests
	$(MAVEN) test $(ONLY)

.PHONY: it
it: tools ## Run the integration tests against a real kube-apiserver and etcd
	servers=$$(src/lab/lab kube-api-test-dir)
	for version in $(OLDER_KUBERNETES); do LAB_VERSION=$$version src/lab/lab kube-api-test-dir > /dev/null; done
	$(MAVEN) verify -DskipUnitTests -DskipE2E $(SKIP_CHECKS) -Dkube-api-test.dir="$$servers" $(ONLY)

.PHONY: e2e
e2e: tools ## Run the end-to-end tests: the image on a real control plane (see Lab)
	base=$$(src/image/base)
	trap 'src/lab/lab down' EXIT
	$(MAVEN) verify -DskipUnitTests -DskipITs -DskipE2E=false $(SKIP_CHECKS) -Dimage.base="$$base" $(ONLY) $(ORDER)

.PHONY: e2e-registry
e2e-registry: tools ## Run the end-to-end tests of an image that needs a pull secret, with a registry on the lab
	$(call need,docker-registry,docker-registry)
	base=$$(src/image/base)
	trap 'src/lab/lab down' EXIT
	$(MAVEN) verify -DskipUnitTests -DskipITs -DskipE2E=false $(SKIP_CHECKS) -Dimage.base="$$base" -Dit.test=PullSecretTrial

.PHONY: faults
faults: tools ## Run the fault matrix, simulated and on the lab, and print both tables (FAULTS=REGEX selects faults)
	base=$$(src/image/base)
	trap 'src/lab/lab down' EXIT
	$(MAVEN) verify -DskipITs -DskipE2E=false $(SKIP_CHECKS) -Dimage.base="$$base" -Dfaults='$(or $(FAULTS),all)' \
	  -Dtest=FaultMatrixTest -Dit.test=FaultsE2E

.PHONY: bench-rollout
bench-rollout: tools ## Benchmark manual and operator rollouts on three nodes and print the table (RUNS=5, IDLE=300, HOST=systemd)
	base=$$(src/image/base)
	trap 'src/lab/lab down' EXIT
	$(MAVEN) verify -DskipUnitTests -DskipITs -DskipE2E=false $(SKIP_CHECKS) -Dimage.base="$$base" \
	  -Druns='$(or $(RUNS),5)' -Didle='$(or $(IDLE),300)' \
	  -Dit.test=$(if $(filter systemd,$(HOST)),UnitRolloutBench,RolloutBench)

.PHONY: bench-kubeadm
bench-kubeadm: tools ## Run kubeadm certs renew, init phase, reset, join and an upgrade under a policy, on three nodes, and print the table
	base=$$(src/image/base)
	trap 'src/lab/lab down' EXIT
	$(MAVEN) verify -DskipUnitTests -DskipITs -DskipE2E=false $(SKIP_CHECKS) -Dimage.base="$$base" -Dit.test=KubeadmBench

.PHONY: bench-webhook
bench-webhook: tools ## Measure outages of a webhook on one node, 40 minutes, and print the table (OUTAGE=SECONDS shortens them)
	base=$$(src/image/base)
	trap 'src/lab/lab down' EXIT
	$(MAVEN) verify -DskipUnitTests -DskipITs -DskipE2E=false $(SKIP_CHECKS) -Dimage.base="$$base" -Dit.test=WebhookBench \
	  $(if $(OUTAGE),-Doutage=$(OUTAGE))

.PHONY: lint
lint: tools ## Check formatting, code (error-prone, SpotBugs), package rules, dependencies, shell scripts and workflows
	$(MAVEN) prepare-package -Dtest='PackageRulesTest,CheckedInCrdsTest'
	$(call need,shellcheck,shellcheck)
	shellcheck $(SHELL_SCRIPTS)
	$(call need,go,golang-go)
	GOFLAGS=-mod=mod go run github.com/rhysd/actionlint/cmd/actionlint@v1.7.7

##@ Try

.PHONY: demo
demo: deps image ## Watch the operator roll out a policy to three control-plane nodes
	src/lab/demo

.PHONY: dev
dev: image ## Run this tree on the lab that is up: import the image, apply deploy/base, restart agents and controller
	lab=src/lab/lab
	operator='src/lab/lab kubectl -n auditpolicy-system'
	$$lab import-image target/auditpolicy-operator-*.tar
	$$lab kubectl apply -k deploy/base > /dev/null
	$$operator rollout restart deployment/controller daemonset/agent
	$$operator rollout status deployment/controller --timeout=2m
	$$operator rollout status daemonset/agent --timeout=2m

-include src/lab/lab.mk
-include src/bench/bench.mk
-include src/replay/replay.mk
-include src/docs/docs.mk
-include src/dist/dist.mk
-include src/monitoring/monitoring.mk
-include src/gitops/gitops.mk
-include src/linters/linters.mk
-include src/release/release.mk

##@ Other

.PHONY: help
help: ## Show this help
	awk -F ':.*## ' \
	  '/^##@ / { printf "\n%s\n", substr($$0, 5) } /^[a-z0-9-]+:.*## / { printf "  make %-14s %s\n", $$1, $$2 }' \
	  $(MAKEFILE_LIST)

# COMMAND:PACKAGE with Debian package names. The lab has its own list.
PACKAGES := mvn:maven go:golang-go shellcheck:shellcheck jq:jq docker-registry:docker-registry

.PHONY: deps
deps: ## Install missing Debian packages for build, tests and lab; "test" and "demo" run this first
	src/lab/lab deps $(PACKAGES)

# $(call need,COMMAND,PACKAGE): stops if the command is missing.
define need
command -v $(1) > /dev/null || { \
  echo '$(1) not found: run "make deps" to install all dependencies, or install the Debian package $(2).' >&2; exit 1; }
endef

.PHONY: tools
tools:
	$(call need,mvn,maven)
	[ -n '$(JAVA_HOME)' ] || { \
	  echo 'No JDK $(JAVA_RELEASE) or later in $$JAVA_HOME, $$PATH or /usr/lib/jvm.' \
	    'Install one, for example Eclipse Temurin $(JAVA_RELEASE), or set JAVA_HOME.' >&2; exit 1; }

# Each recipe is one script, so variables persist across its lines.
.ONESHELL:
# Other targets need the packages that "deps" installs.
.NOTPARALLEL:
.SILENT: demo deps dev help tools $(if $(VERBOSE),,image)
