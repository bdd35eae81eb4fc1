/** Certificates and private keys in PEM, as Go reads them. */
@NullMarked
package dev.auditpolicy.pem;

import org.jspecify.annotations.NullMarked;
