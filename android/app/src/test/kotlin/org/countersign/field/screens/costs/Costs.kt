package org.countersign.field.screens.costs

import org.countersign.core.Allowed
import org.countersign.core.Language
import org.countersign.core.ChargeTyped as TypedCharge

private val everything =
    Allowed(
        answer = true,
        attach = true,
        recordTime = true,
        readMeter = true,
        charge = true,
        bookPart = true,
        diagnose = true,
        setClass = true,
        goThere = false,
        goRemote = true,
        sign = true,
        amend = false,
    )

/** The costs of a visit where everything may be done. */
internal fun costsShown(charges: List<ChargeShown> = emptyList()) =
    CostsShown(
        job = "V-1",
        classWord = "A",
        payer = "Customer",
        pricesShown = true,
        currency = "EUR",
        times = emptyList(),
        charges = charges,
        proposed = emptyList(),
        totals = emptyList(),
        receipts = 0,
        kinds = emptyList(),
        payers = emptyList(),
        may = everything,
        language = Language.ENGLISH,
    )

/** A charge as it was typed. */
internal fun chargeTyped(description: String) =
    TypedCharge(
        kind = "other",
        description = description,
        quantity = "1",
        price = "4.00",
        payer = null,
        replaces = null,
    )
