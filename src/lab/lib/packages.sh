# shellcheck shell=bash
# Debian packages that the lab needs.

# packages_missing SYSTEMD: prints the names of the missing Debian packages, without those for nodes with systemd if it is empty.
packages_missing() {
  local package
  if [[ -n "$1" ]]; then
    packages_have_commands debootstrap || echo debootstrap
    packages_have_commands systemd-nspawn || echo systemd-container
  fi
  packages_have_commands containerd ctr || echo containerd
  packages_have_commands runc || echo runc
  packages_cni_dir > /dev/null || echo containernetworking-plugins
  for package in iptables haproxy conntrack ethtool socat; do packages_have_commands "$package" || echo "$package"; done
  packages_have_commands ip || echo iproute2
  packages_have_commands ps || echo procps
  packages_have_commands nsenter unshare setsid flock || echo util-linux
  packages_busybox > /dev/null || echo busybox-static
}

packages_have_commands() {
  local command
  for command in "$@"; do command -v "$command" > /dev/null || return 1; done
}

packages_cni_dir() {
  local directory
  for directory in /usr/lib/cni /opt/cni/bin /usr/libexec/cni; do
    [[ -x "$directory/bridge" && -x "$directory/host-local" && -x "$directory/portmap" ]] && echo "$directory" && return 0
  done
  return 1
}

# Prints the path of a statically linked busybox: the headers in its first page name no dynamic loader.
packages_busybox() {
  local file
  file="$(command -v busybox)" || return 1
  ! head --bytes=4096 "$file" | grep -q ld-linux || return 1
  echo "$file"
}

packages_require() {
  local missing
  mapfile -t missing < <(packages_missing "$1")
  ((${#missing[@]} == 0)) || fail "missing packages: ${missing[*]}; install them with: make deps, or $(packages_command "${missing[@]}")"
}

packages_command() {
  echo "sudo apt-get install --yes --no-install-recommends $*"
}

# Installs missing packages of the lab, and for each COMMAND:PACKAGE the package if the command is missing.
packages_install() {
  local missing pair
  mapfile -t missing < <(packages_missing all)
  for pair in "$@"; do packages_have_commands "${pair%%:*}" || missing+=("${pair#*:}"); done
  ((${#missing[@]})) || return 0
  if ((EUID != 0)) || ! command -v apt-get > /dev/null; then
    fail "missing packages: ${missing[*]}; install them with: $(packages_command "${missing[@]}")"
  fi
  step "installing ${missing[*]}"
  local log
  log="$(mktemp)"
  if ! packages_apt "${missing[@]}" > "$log" 2>&1 && ! { apt-get update && packages_apt "${missing[@]}"; } > "$log" 2>&1; then
    show_log "$log"
    rm -f "$log"
    fail "apt-get could not install ${missing[*]}"
  fi
  rm -f "$log"
}

packages_apt() {
  DEBIAN_FRONTEND=noninteractive apt-get install --yes --no-install-recommends "$@"
}
