package dev.auditpolicy.lab;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** How many nodes the control planes of a test class have. {@link LabOrder} runs classes of one size after each other. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface LabNodes {

    /** 1, 3 or both. */
    int[] value();
}
