package org.countersign.field.visit

import org.countersign.core.JobChoice
import org.countersign.core.JobFilter

/** Every job that the device has. */
internal fun every(): JobFilter = JobFilter(JobChoice.ALL, "", openOnly = false, after = null, limit = 100u)
