# shellcheck shell=bash
# Builds Kubernetes and etcd from their Go modules into the cache. The cache contains only complete binaries: each is built under
# a temporary name and renamed, so an interrupted build can resume.

# The binaries for API server tests come first, so that these tests can start early.
binaries_build() {
  binaries_build_for_api_tests
  binaries_ensure "${KUBERNETES_BINARIES[@]}"
  binaries_ensure_pause
}

binaries_build_for_api_tests() {
  binaries_ensure kube-apiserver "${ETCD_BINARIES[@]}" kubectl kubeadm kube-controller-manager
  binaries_lay_out_for_api_tests
}

# fabric8's kube-api-test, offline, looks for <dir>/k8s/<version>-linux-<arch>/{etcd,kube-apiserver,kubectl}. Our own tests also start
# kubeadm, and kube-controller-manager, which signs certificates, from there.
binaries_lay_out_for_api_tests() {
  local architecture directory binary
  architecture="$(binaries_architecture)"
  directory="$KUBE_API_TEST_DIR/k8s/$LAB_VERSION-linux-$architecture"
  mkdir -p "$directory"
  for binary in etcd kube-apiserver kubectl kubeadm kube-controller-manager; do
    [[ "$(readlink "$directory/$binary")" == "$BIN_DIR/$binary" ]] && continue
    ln -sf "$BIN_DIR/$binary" "$directory/.$binary.$$"
    mv -T "$directory/.$binary.$$" "$directory/$binary"
  done
}

binaries_architecture() {
  case "$(uname -m)" in
    x86_64) echo amd64 ;;
    aarch64) echo arm64 ;;
    *) fail "unsupported architecture '$(uname -m)': the lab runs on x86_64 and aarch64" ;;
  esac
}

binaries_missing() {
  local binary
  for binary in "$@"; do
    [[ -x "$BIN_DIR/$binary" ]] || echo "$binary"
  done
}

binaries_ensure() {
  local missing binary
  mapfile -t missing < <(binaries_missing "$@")
  ((${#missing[@]})) || return 0
  [[ -z "$LAB_BIN_DIR" ]] || fail "LAB_BIN_DIR=$LAB_BIN_DIR lacks ${missing[*]}: add them, or unset LAB_BIN_DIR to build them"
  command -v go > /dev/null || fail "cannot build ${missing[*]}: 'go' is not on PATH; install Go, or set LAB_BIN_DIR to a directory with release binaries"
  mkdir -p "$BUILT_DIR"
  (
    # One build at a time. A process that waited for the lock skips the binaries that are now built.
    flock 8
    for binary in "${missing[@]}"; do
      [[ -x "$BUILT_DIR/$binary" ]] || binaries_build_one "$binary"
    done
  ) 8> "$BUILT_DIR/.lock"
}

binaries_build_one() {
  local binary="$1" module log="$BUILT_DIR/.build.log" began package flags
  began="$(now_ms)"
  case "$binary" in
    etcd) module="$(binaries_module_etcd)" package=go.etcd.io/etcd/server/v3 flags="-s -w" ;;
    etcdctl) module="$(binaries_module_etcd)" package=go.etcd.io/etcd/etcdctl/v3 flags="-s -w" ;;
    *) module="$(binaries_module_kubernetes)" package="k8s.io/kubernetes/cmd/$binary" flags="$(binaries_linker_flags)" ;;
  esac
  if ! (cd "$module" && CGO_ENABLED=0 GOWORK=off go build -trimpath -ldflags "$flags" -o "$BUILT_DIR/.$binary.part" "$package") > "$log" 2>&1; then
    show_log "$log" 30
    fail "building $binary failed; full log: $log"
  fi
  mv -T "$BUILT_DIR/.$binary.part" "$BUILT_DIR/$binary"
  step "built $binary ($(seconds_since "$began") s)"
}

# kubeadm rejects components that do not report their version.
binaries_linker_flags() {
  local package flags="-s -w" major minor
  IFS=. read -r major minor _ <<< "$LAB_VERSION"
  for package in k8s.io/component-base/version k8s.io/client-go/pkg/version; do
    flags+=" -X $package.gitVersion=v$LAB_VERSION -X $package.gitMajor=$major -X $package.gitMinor=$minor -X $package.gitTreeState=clean"
  done
  echo "$flags"
}

# k8s.io/kubernetes replaces its staging modules with paths in its own tree. Other modules do not inherit these replacements, so
# this replaces each staging module with its published version (v0.Y.Z for v1.Y.Z).
binaries_module_kubernetes() {
  local module="$BUILT_DIR/.module-kubernetes" upstream staging
  local version="v$LAB_VERSION" staged="v0.${LAB_VERSION#1.}"
  if [[ ! -e "$module/ready" ]]; then
    rm -rf "$module"
    mkdir -p "$module"
    upstream="$(cd "$module" && go mod download -json "k8s.io/kubernetes@$version" | sed -n 's/^\t"GoMod": "\(.*\)",$/\1/p')"
    [[ -s "$upstream" ]] || fail "the Go module proxy has no k8s.io/kubernetes@$version: set LAB_VERSION to another release"
    {
      echo "module auditpolicy-lab-kubernetes"
      grep -E '^(go|godebug) ' "$upstream"
      echo "require k8s.io/kubernetes $version"
      while read -r staging; do
        echo "replace $staging => $staging $staged"
      done < <(sed -nE 's#^[[:space:]]*(replace )?(k8s\.io/[a-z-]+) => \./staging/.*#\2#p' "$upstream")
      echo "tool ("
      printf '\tk8s.io/kubernetes/cmd/%s\n' "${KUBERNETES_BINARIES[@]}"
      echo ")"
    } > "$module/go.mod"
    binaries_tidy "$module"
  fi
  echo "$module"
}

binaries_module_etcd() {
  local module="$BUILT_DIR/.module-etcd"
  if [[ ! -e "$module/ready" ]]; then
    rm -rf "$module"
    mkdir -p "$module"
    cat > "$module/go.mod" << GOMOD
module auditpolicy-lab-etcd
go 1.24.0
require (
	go.etcd.io/etcd/server/v3 v$LAB_ETCD_VERSION
	go.etcd.io/etcd/etcdctl/v3 v$LAB_ETCD_VERSION
)
tool (
	go.etcd.io/etcd/server/v3
	go.etcd.io/etcd/etcdctl/v3
)
GOMOD
    binaries_tidy "$module"
  fi
  echo "$module"
}

binaries_tidy() {
  local module="$1"
  if ! (cd "$module" && GOWORK=off GOFLAGS=-mod=mod go mod tidy) > "$module/tidy.log" 2>&1; then
    show_log "$module/tidy.log"
    fail "resolving the Go modules in $module failed"
  fi
  touch "$module/ready"
}

binaries_ensure_pause() {
  [[ -x "$BIN_DIR/pause" || -x "$BUILT_DIR/pause" ]] && return 0
  command -v go > /dev/null || fail "cannot build 'pause' for $BIN_DIR: 'go' is not on PATH; add the binary or install Go"
  mkdir -p "$BUILT_DIR"
  (cd "$LAB_HOME/pause" && CGO_ENABLED=0 GOWORK=off go build -trimpath -ldflags "-s -w" -o "$BUILT_DIR/.pause.part" main.go)
  mv -T "$BUILT_DIR/.pause.part" "$BUILT_DIR/pause"
}
