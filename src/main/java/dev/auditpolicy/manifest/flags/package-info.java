/** Log settings as kube-apiserver flags, and the flags in a command line. */
package dev.auditpolicy.manifest.flags;
