/** Decodes a tree as a policy and finds the mismatches that kube-apiserver's decoder reports or ignores. */
@NullMarked
package dev.auditpolicy.policy.decode;

import org.jspecify.annotations.NullMarked;
