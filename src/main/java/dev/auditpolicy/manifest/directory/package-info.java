/** The directory of static pod manifests as kubelet reads it: every file in it can become a pod. */
@NullMarked
package dev.auditpolicy.manifest.directory;

import org.jspecify.annotations.NullMarked;
