/** The custom resources of group {@code auditpolicy.dev}, version {@code v1alpha1}: the contract between the user, the controller and the agents. */
@NullMarked
package dev.auditpolicy.api.v1alpha1;

import org.jspecify.annotations.NullMarked;
