# shellcheck shell=bash
# Creates images without a registry or a daemon, each with one static binary FROM scratch and the name that kubeadm expects. They
# are imported once into a containerd directory in the cache, and every node starts with a copy of it.

readonly TOOLS_IMAGE="docker.io/library/lab-tools:1"

# The directory of the prepared images for this version. Its name contains a hash of their inputs.
images_dir() {
  local binary
  {
    echo "format 1"
    containerd --version
    for binary in "${KUBERNETES_BINARIES[@]}" "${ETCD_BINARIES[@]}"; do stat -L -c '%n %s %Y' "$BIN_DIR/$binary"; done
  } | sha256sum | cut -c1-16 | sed "s|^|$CACHE_DIR/images/v$LAB_VERSION-|"
}

images_prepare() {
  local directory partial began
  directory="$(images_dir)"
  [[ ! -e "$directory/containerd" ]] || return 0
  began="$(now_ms)"
  mkdir -p "$CACHE_DIR/images"
  (
    flock 8
    [[ ! -e "$directory/containerd" ]] || exit 0
    # Remains of interrupted runs, and images of other binaries.
    rm -rf "$CACHE_DIR/images/".part.* "$CACHE_DIR/images/v$LAB_VERSION-"*
    partial="$(mktemp -d "$CACHE_DIR/images/.part.XXXXXX")"
    images_write_tar "$partial/images.tar"
    images_import_into "$partial"
    mv -T "$partial" "$directory"
  ) 8> "$CACHE_DIR/images/.lock"
  step "prepared the images ($(seconds_since "$began") s)"
}

# The image name that this version of kubeadm uses for a component (pause, etcd, kube-apiserver, …).
images_name() {
  local list name
  list="$("$BIN_DIR/kubeadm" config images list --kubernetes-version "v$LAB_VERSION" 2> /dev/null)"
  while read -r name; do
    [[ "$name" == */"$1":* ]] && echo "$name" && return 0
  done <<< "$list"
  fail "kubeadm v$LAB_VERSION lists no image for '$1'"
}

# Writes a docker-archive: a layer tar and a configuration for each image, and one manifest.json for all.
images_write_tar() {
  local tar="$1" tree pause="$BIN_DIR/pause"
  [[ -x "$pause" ]] || pause="$BUILT_DIR/pause"
  tree="$(mktemp -d "$(dirname "$tar")/.tree.XXXXXX")"
  images_add "$tree" "$(images_name kube-apiserver)" "$BIN_DIR/kube-apiserver"
  images_add "$tree" "$(images_name kube-controller-manager)" "$BIN_DIR/kube-controller-manager"
  images_add "$tree" "$(images_name kube-scheduler)" "$BIN_DIR/kube-scheduler"
  images_add "$tree" "$(images_name etcd)" "$BIN_DIR/etcd" "$BIN_DIR/etcdctl"
  images_add "$tree" "$(images_name pause)" "$pause"
  images_add "$tree" "registry.k8s.io/kubectl:v$LAB_VERSION" "$BIN_DIR/kubectl"
  images_add "$tree" "$TOOLS_IMAGE" "$(packages_busybox)"
  images_pack "$tree" "$tar"
}

# Prints the path of an archive with only the kube-apiserver of this version.
images_api_server_tar() {
  local tar="$CACHE_DIR/images/kube-apiserver-v$LAB_VERSION.tar" tree
  if [[ ! -e "$tar" ]]; then
    mkdir -p "$CACHE_DIR/images"
    tree="$(mktemp -d "$CACHE_DIR/images/.tree.XXXXXX")"
    images_add "$tree" "registry.k8s.io/kube-apiserver:v$LAB_VERSION" "$BIN_DIR/kube-apiserver"
    images_pack "$tree" "$tree.tar"
    mv -T "$tree.tar" "$tar"
  fi
  echo "$tar"
}

images_pack() {
  local tree="$1" tar="$2"
  (cd "$tree" && (IFS=,; echo "[${IMAGE_MANIFESTS[*]}]" > manifest.json) && tar --create --file "$tar" -- *)
  rm -rf "$tree"
}

IMAGE_MANIFESTS=()

# images_add TREE NAME BINARY...: the first binary is the entry point.
images_add() {
  local tree="$1" name="$2" binary layer identity entrypoint
  shift 2
  entrypoint="/usr/local/bin/$(basename "$1")"
  layer="$tree/.layer"
  mkdir -p "$layer/usr/local/bin" "$layer/tmp"
  chmod 1777 "$layer/tmp"
  for binary in "$@"; do cp -L "$binary" "$layer/usr/local/bin/"; done
  if [[ "$name" == "$TOOLS_IMAGE" ]]; then
    mkdir -p "$layer/bin"
    for binary in $("$1" --list); do ln -s "$entrypoint" "$layer/bin/$binary"; done
  fi
  tar --create --sort=name --owner=0 --group=0 --numeric-owner --mtime=@0 --file "$tree/.layer.tar" --directory "$layer" .
  identity="$(sha256sum "$tree/.layer.tar" | cut -d' ' -f1)"
  mv "$tree/.layer.tar" "$tree/$identity.tar"
  rm -rf "$layer"
  cat > "$tree/$identity.json" << CONFIGURATION
{"architecture":"$(binaries_architecture)","os":"linux","created":"1970-01-01T00:00:00Z",
"config":{"Entrypoint":["$entrypoint"],"Env":["PATH=/usr/local/bin:/bin"],"WorkingDir":"/"},
"rootfs":{"type":"layers","diff_ids":["sha256:$identity"]}}
CONFIGURATION
  IMAGE_MANIFESTS+=("{\"Config\":\"$identity.json\",\"RepoTags\":[\"$name\"],\"Layers\":[\"$identity.tar\"]}")
}

# Runs a separate containerd for the import, in namespaces that end with it.
images_import_into() {
  local directory="$1"
  (
    cgroup_enter images
    exec unshare --mount --pid --fork --kill-child --mount-proc --propagation private \
      bash "$LAB_HOME/node/import-images.sh" "$directory/images.tar" "$directory/containerd" > "$directory/import.log" 2>&1 < /dev/null 8>&-
  ) || {
    show_log "$directory/import.log"
    fail "containerd could not import the images"
  }
  cgroup_destroy images
}

# Copies the prepared directory for one node. Layers and blobs never change, so they are hard links: three nodes share one page
# cache. Databases change, so they are copied. Across file systems, everything is copied.
images_copy_to() {
  local source="$1/containerd" target="$2" database
  if ! cp -al "$source" "$target" 2> /dev/null; then
    rm -rf "$target"
    cp -a --reflink=auto "$source" "$target"
  fi
  while read -r database; do
    cp --remove-destination -p "$source/$database" "$target/$database"
  done < <(cd "$source" && find . -name '*.db')
}
