#!/usr/bin/env python3
"""A mutating admission webhook that adds an annotation: webhook.py ADDRESS PORT. It runs on a control-plane node, as kube-apiserver."""

import base64
import http.server
import json
import ssl
import sys

CERTIFICATE = "/etc/kubernetes/pki/apiserver.crt"
KEY = "/etc/kubernetes/pki/apiserver.key"
PATCH = [{"op": "add", "path": "/metadata/annotations", "value": {"example.com/seen-by": "a-webhook-whose-patch-is-in-the-log"}}]


class Review(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        review = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        patch = base64.b64encode(json.dumps(PATCH).encode()).decode()
        review["response"] = {"uid": review.pop("request")["uid"], "allowed": True, "patchType": "JSONPatch", "patch": patch}
        answer = json.dumps(review).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)


def main():
    server = http.server.ThreadingHTTPServer((sys.argv[1], int(sys.argv[2])), Review)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(CERTIFICATE, KEY)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    server.serve_forever()


if __name__ == "__main__":
    main()
