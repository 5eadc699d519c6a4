package org.countersign.field.app

import org.countersign.core.longest
import java.util.concurrent.ConcurrentHashMap

private val known = ConcurrentHashMap<String, Int>()

/** How many characters a field of a command takes, by its name there; the core's own limit, asked for once. */
fun longestOf(field: String): Int = known.getOrPut(field) { longest(field).toInt() }
