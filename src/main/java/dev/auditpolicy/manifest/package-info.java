/**
 * A kube-apiserver static pod manifest: read, plan, patch, diff. Text in, text out; knows no files and no client.
 *
 * <p>Manifests are edited by splicing text at the positions of their YAML nodes and never by writing them anew, so that
 * comments, order, indentation and quoting of everything that is not ours stay as they are.
 */
package dev.auditpolicy.manifest;
