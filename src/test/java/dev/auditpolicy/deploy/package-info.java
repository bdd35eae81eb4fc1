/** Tests {@code crds/} and {@code deploy/} against a real kube-apiserver. */
package dev.auditpolicy.deploy;
