/** Access to the objects of a kubeconfig and to the files that it names, with what is wrong with them. */
@NullMarked
package dev.auditpolicy.webhook.entry;

import org.jspecify.annotations.NullMarked;
