#!/usr/bin/env python3
"""Records the same requests under several policies: record.py DIRECTORY EVERYTHING.yaml POLICY.yaml...

Needs a lab of one node (LAB_NAME), whose kube-apiserver it restarts for each policy. Below DIRECTORY, NAME.json is the policy as
kube-apiserver reads it, and NAME.log.gz has the events of the requests of requests.txt; other events are left out.
"""

import base64
import gzip
import http.client
import json
import os
import pathlib
import ssl
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
LAB = str(HERE.parent.parent / "lab" / "lab")
NODE = "cp1"
MANIFEST = "/etc/kubernetes/manifests/kube-apiserver.yaml"
POLICIES = "/etc/kubernetes/truth"
LOGS = "/var/log/kubernetes/truth"
MARK = "truth-"
SECONDS = 180
WEBHOOK_PORT = 9443
JANE = "cat > /root/truth.tmp && kubeadm kubeconfig user --config /root/truth.tmp --client-name jane --org developers --org ops"

# By the TYPE of a request: the header of its body, or of the answer that it asks for.
BODIES = {
    "json": "application/json",
    "yaml": "application/yaml",
    "text": "text/plain",
    "merge": "application/merge-patch+json",
    "patch": "application/json-patch+json",
    "strategic": "application/strategic-merge-patch+json",
    "apply": "application/apply-patch+yaml",
}
ANSWERS = {
    "table": "application/json;as=Table;v=v1;g=meta.k8s.io",
    "metadata": "application/json;as=PartialObjectMetadataList;v=v1;g=meta.k8s.io",
    "protobuf": "application/vnd.kubernetes.protobuf",
}
UPGRADE = {
    "Connection": "Upgrade",
    "Upgrade": "websocket",
    "Sec-WebSocket-Version": "13",
    "Sec-WebSocket-Key": base64.b64encode(b"the truth, again").decode(),
    "Sec-WebSocket-Protocol": "v5.channel.k8s.io",
}


def lab(*command, text=None):
    return subprocess.run([LAB, *command], input=text, check=True, stdout=subprocess.PIPE, encoding="utf-8").stdout


def on_node(*command, text=None):
    return lab("exec", NODE, "--", *command, text=text)


def write(path, text):
    # kubelet must not see half a manifest.
    on_node("sh", "-c", 'mkdir -p "$(dirname "$1")" && cat > "/root/truth.tmp" && mv /root/truth.tmp "$1"', "sh", path, text=text)


class Callers:
    """Who sends requests: certificates, tokens and headers."""

    def __init__(self):
        admin = json.loads(lab("kubectl", "config", "view", "--raw", "-o", "json"))
        self.address = lab("node-ip", NODE).strip()
        self.authority = base64.b64decode(admin["clusters"][0]["cluster"]["certificate-authority-data"]).decode()
        configuration = lab("kubectl", "-n", "kube-system", "get", "configmap", "kubeadm-config", "-o", "jsonpath={.data.ClusterConfiguration}")
        jane = on_node("sh", "-c", JANE, text=configuration)
        with tempfile.NamedTemporaryFile("w") as file:
            file.write(jane)
            file.flush()
            jane = json.loads(lab("kubectl", "--kubeconfig", file.name, "config", "view", "--raw", "-o", "json"))
        robot = lab("kubectl", "--namespace", "shop", "create", "token", "robot", "--duration", "2h").strip()
        administrator = self.context(admin["users"][0]["user"])
        nobody = self.context(None)
        self.all = {
            "admin": (administrator, {}),
            "ghost": (administrator, {"Impersonate-User": "ghost", "Impersonate-Group": "developers"}),
            "jane": (self.context(jane["users"][0]["user"]), {}),
            "robot": (nobody, {"Authorization": "Bearer " + robot}),
            "anonymous": (nobody, {}),
            "invalid": (nobody, {"Authorization": "Bearer none"}),
        }

    def context(self, user):
        context = ssl.create_default_context(cadata=self.authority)
        if user is not None:
            with tempfile.NamedTemporaryFile() as pem:
                pem.write(base64.b64decode(user["client-certificate-data"]) + base64.b64decode(user["client-key-data"]))
                pem.flush()
                context.load_cert_chain(pem.name)
        return context

    def send(self, caller, audit_id, method, url, kind="", body=None):
        """The status of the answer."""
        context, identity = self.all[caller]
        headers = {"Audit-ID": audit_id, "User-Agent": "truth", "Accept": ANSWERS.get(kind, "application/json"), **identity}
        if kind in BODIES:
            headers["Content-Type"] = BODIES[kind]
        if kind == "upgrade":
            headers.update(UPGRADE)
        connection = http.client.HTTPSConnection(self.address, 6443, context=context, timeout=90)
        try:
            connection.request(method, url, body=None if body is None else body.encode(), headers=headers)
            answer = connection.getresponse()
            answer.read()
            return answer.status
        finally:
            connection.close()


def requests():
    lines = (HERE / "requests.txt").read_text(encoding="utf-8").splitlines()
    return [line.split(" ", 4) for line in lines if line and not line.startswith("#")]


def policy_of(file):
    """The policy of a file, also of an AuditPolicy, in JSON, which is YAML."""
    # kubectl reads YAML; the annotation makes it a command that needs no server.
    content = json.loads(lab("kubectl", "annotate", "--local", "-f", str(file), "-o", "json", "truth=read"))
    policy = content["spec"]["policy"] if content["kind"] == "AuditPolicy" else content
    del content["metadata"]
    return {"apiVersion": "audit.k8s.io/v1", "kind": "Policy", **policy}


def manifest_with(manifest, name):
    flags = f"    - --audit-policy-file={POLICIES}/{name}.json\n    - --audit-log-path={LOGS}/{name}.log\n"
    mounts = f"    - {{name: truth-policies, mountPath: {POLICIES}, readOnly: true}}\n    - {{name: truth-logs, mountPath: {LOGS}}}\n"
    volumes = "".join(
        f"  - {{name: {volume}, hostPath: {{path: {path}, type: DirectoryOrCreate}}}}\n"
        for volume, path in (("truth-policies", POLICIES), ("truth-logs", LOGS))
    )
    # Watches would hold the end of kube-apiserver up. Its log has the event of every request that was answered.
    grace = "  terminationGracePeriodSeconds: 5\n"
    parts = {"    - kube-apiserver\n": flags, "    volumeMounts:\n": mounts, "  hostNetwork: true\n": grace, "  volumes:\n": volumes}
    for line, added in parts.items():
        if manifest.count(line) != 1:
            raise SystemExit(f"error: {MANIFEST} is not as kubeadm writes it: it does not have exactly one line {line!r}")
        manifest = manifest.replace(line, line + added)
    return manifest


def await_api_server(flag, is_expected):
    """Waits until the only kube-apiserver runs with the flag, or without it, and is ready."""
    script = 'for pid in $(pgrep -x kube-apiserver); do tr "\\0" "\\n" < "/proc/$pid/cmdline"; echo end; done'
    deadline = time.monotonic() + SECONDS
    while time.monotonic() < deadline:
        flags = on_node("sh", "-c", script).split("\n")
        if flags.count("end") == 1 and (flag in flags) == is_expected:
            ready = subprocess.run([LAB, "readyz", NODE], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, encoding="utf-8")
            if ready.stdout.strip().endswith("ok"):
                return
        time.sleep(0.2)
    raise SystemExit(f"error: after {SECONDS} s kube-apiserver is not ready with {flag} {'set' if is_expected else 'unset'}")


def await_status(callers, expected, *request):
    """Repeats a request until it gets this answer: a webhook, or a kind of object, may come a moment after readiness."""
    deadline = time.monotonic() + SECONDS
    status = callers.send("admin", "setup", *request)
    while status != expected:
        if time.monotonic() > deadline:
            raise SystemExit(f"error: after {SECONDS} s {request[0]} {request[1]} still gets {status} instead of {expected}")
        time.sleep(0.2)
        status = callers.send("admin", "setup", *request)


def start_webhook(callers):
    """A webhook on the node that mutates Leases, with the certificate of kube-apiserver; it ends with the node."""
    script = 'cat > /root/webhook.py; setsid python3 /root/webhook.py "$1" "$2" > /root/webhook.log 2>&1 < /dev/null &'
    on_node("sh", "-c", script, "sh", callers.address, str(WEBHOOK_PORT), text=(HERE / "webhook.py").read_text(encoding="utf-8"))
    configuration = (HERE / "webhook.json").read_text(encoding="utf-8")
    configuration = configuration.replace("URL", f"https://{callers.address}:{WEBHOOK_PORT}/")
    configuration = configuration.replace("AUTHORITY", base64.b64encode(callers.authority.encode()).decode())
    lab("kubectl", "apply", "-f", "-", text=configuration)


def fill(callers):
    """Objects for lists, with the same sizes in each run."""
    for number in range(40):
        name = f"stock-{number:03}"
        body = {"kind": "ConfigMap", "apiVersion": "v1", "metadata": {"name": name, "labels": {"number": str(number % 8)}}}
        body["data"] = {"text": "stock " * (10 + number)}
        post = ("POST", "/api/v1/namespaces/shop/configmaps", "json", json.dumps(body))
        await_status(callers, 201, *post)


def save(directory, name):
    lines = on_node("sh", "-c", f'cat {LOGS}/{name}-*.log {LOGS}/{name}.log 2> /dev/null | grep -F \'"auditID":"{MARK}\'')
    with gzip.GzipFile(directory / f"{name}.log.gz", "wb", mtime=0) as file:
        file.write(lines.encode())


def main():
    directory = pathlib.Path(sys.argv[1])
    files = [pathlib.Path(file) for file in sys.argv[2:]]
    directory.mkdir(parents=True, exist_ok=True)
    lab("kubectl", "apply", "-f", str(HERE / "setup.yaml"))
    lab("kubectl", "wait", "--for=condition=Established", "--timeout=60s", "crd/orders.example.com")
    callers = Callers()
    start_webhook(callers)
    fill(callers)
    on_node("rm", "-rf", LOGS)
    manifest = on_node("cat", MANIFEST)
    answers = {}
    started = time.monotonic()
    for file in files:
        name = file.stem
        policy = json.dumps(policy_of(file), indent=1)
        (directory / f"{name}.json").write_text(policy + "\n", encoding="utf-8")
        write(f"{POLICIES}/{name}.json", policy)
        write(MANIFEST, manifest_with(manifest, name))
        flag = f"--audit-policy-file={POLICIES}/{name}.json"
        await_api_server(flag, True)
        await_status(callers, 200, "GET", "/apis/example.com/v1/orders")
        answers[name] = [callers.send(request[0], f"{MARK}{number:04}", *request[1:]) for number, request in enumerate(requests())]
        print(f"{time.monotonic() - started:6.1f} s  {name}: {len(answers[name])} requests", file=sys.stderr)
    write(MANIFEST, manifest)
    # A log is complete when the kube-apiserver that wrote it has ended.
    await_api_server(flag, False)
    for file in files:
        save(directory, file.stem)
    first, *others = answers.values()
    for number, request in enumerate(requests()):
        if any(other[number] != first[number] for other in others):
            statuses = [answer[number] for answer in answers.values()]
            print(f"warning: {MARK}{number:04} got different answers, {statuses}: {' '.join(request[:3])}", file=sys.stderr)
    print(f"{time.monotonic() - started:6.1f} s  logs are in {directory}", file=sys.stderr)


if __name__ == "__main__":
    main()
