package dev.auditpolicy.lab;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Which control planes a test class uses. {@link LabOrder} runs classes with the same ones after each other. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface LabNodes {

    /** Numbers of nodes: 1, 3 or both. */
    int[] value();

    LabHost host() default LabHost.KUBEADM;
}
