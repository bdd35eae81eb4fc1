/** The key and certificate of a server on the node. */
@NullMarked
package dev.auditpolicy.host.tls;

import org.jspecify.annotations.NullMarked;
