##@ Release

RELEASE := $(patsubst %/,%,$(dir $(lastword $(MAKEFILE_LIST))))
# Where the files of a release will be, for the manifest of krew.
RELEASE_URL = $(or $(URL),https://auditpolicy.dev/releases/v$(VERSION))

.PHONY: release
release: tools ## Build all files of a release of HEAD into target/release (VERSION=x.y.z, URL=ADDRESS of the files, ARCHITECTURES=amd64)
	$(call need,go,golang-go)
	$(call need,jq,jq)
	MAVEN_FLAGS='$(MAVEN_FLAGS)' ARCHITECTURES='$(ARCHITECTURES)' $(RELEASE)/build '$(VERSION)' target/release '$(RELEASE_URL)'

.PHONY: release-check
release-check: tools ## Build a release twice, in two directories, and compare the bytes (VERSION=0.0.0)
	MAVEN_FLAGS='$(MAVEN_FLAGS)' $(RELEASE)/check '$(or $(VERSION),0.0.0)'

.PHONY: chart
chart: ## Check that the Helm chart has the objects of install.yaml, and that each value takes effect
	$(call need,go,golang-go)
	# -count=1: Go does not track files outside the module and would reuse a cached result.
	GOWORK=off go -C $(RELEASE) test -count=1 ./...

.PHONY: helm
helm: release ## Install, upgrade, roll back and uninstall the chart of a release with Helm, on a lab with one node
	trap 'src/lab/lab down' EXIT
	$(RELEASE)/try-helm target/release '$(VERSION)'

.PHONY: krew
krew: release ## Install the command of a release with krew, and run it
	$(RELEASE)/try-krew target/release '$(VERSION)'

.PHONY: arm64-check
arm64-check: ## Run the image for arm64 of the release in target/release with QEMU (VERSION=x.y.z)
	$(call need,jq,jq)
	$(call need,qemu-aarch64-static,qemu-user-static)
	$(RELEASE)/try-arm64 target/release '$(VERSION)'

.PHONY: skew
skew: image ## Run this controller with the agents of another version, and the other way round, on a lab (FROM=COMMIT or tag)
	[ -n '$(FROM)' ] || { echo 'Set FROM to the tag or commit of the other version, for example FROM=v0.1.0.' >&2; exit 2; }
	trap 'src/lab/lab down' EXIT
	$(RELEASE)/try-skew '$(FROM)' "$$(ls target/auditpolicy-operator-*.tar)"
