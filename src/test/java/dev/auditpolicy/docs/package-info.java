/** Tests of the documentation: its links, its examples and the generated API reference. */
package dev.auditpolicy.docs;
