/// Several servers that are one system over a real Redis, as their clients and services see it.
@org.jspecify.annotations.NullMarked
package dev.heddle.nodes;
