/** What the controller does for hosts that have no Node. */
@NullMarked
package dev.auditpolicy.controller.host;

import org.jspecify.annotations.NullMarked;
