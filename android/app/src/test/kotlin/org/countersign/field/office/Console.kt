package org.countersign.field.office

import java.net.Socket
import java.net.URI
import java.net.URLEncoder
import java.net.http.HttpClient
import java.net.http.HttpRequest
import java.net.http.HttpResponse
import java.security.SecureRandom
import java.security.Security
import java.security.cert.X509Certificate
import javax.net.ssl.SSLContext
import javax.net.ssl.SSLEngine
import javax.net.ssl.X509ExtendedTrustManager

/** What a page answered. */
class Page(
    /** Its status. */
    val status: Int,
    /** Where it leads. */
    val location: String,
    /** Its text. */
    val text: String,
    /** Its bytes. */
    val bytes: ByteArray,
)

/** A browser without pictures at the hub's console: keeps cookies, sends forms with the token of the last page. */
class Console(
    private val url: String,
) {
    private val client = HttpClient.newBuilder().sslContext(anyCertificate()).build()
    private val cookies = mutableMapOf<String, String>()
    private var token = ""

    /** Signs in by a link. */
    fun enter(link: String) {
        get(link)
        check(post(link).status == SEE_OTHER) { "the link does not sign in" }
    }

    /** Loads a page. */
    fun get(path: String): Page = send(request(path).GET().build())

    /** Sends a form with the token of the page that was loaded last. */
    fun post(
        path: String,
        vararg fields: Pair<String, String>,
    ): Page {
        val body =
            (
                listOf(
                    "csrf" to token,
                ) + fields
            ).joinToString("&") { (name, value) -> "${encode(name)}=${encode(value)}" }
        val form = request(path).header("content-type", "application/x-www-form-urlencoded").header("origin", url)
        return send(form.POST(HttpRequest.BodyPublishers.ofString(body)).build())
    }

    /** Returns the voucher of a job with a remark on one question. */
    fun returnWith(
        job: String,
        question: String,
        remark: String,
    ) = decide(job, "returned", "remark.$question" to remark)

    /** Approves the voucher of a job. */
    fun approve(job: String) = decide(job, "approved")

    private fun decide(
        job: String,
        outcome: String,
        vararg fields: Pair<String, String>,
    ) {
        val path =
            Regex("/reviews/[0-9a-f-]{36}").find(get("/jobs/$job").text)?.value ?: error("job $job waits for no review")
        val page = get(path).text
        val hidden = listOf("id", "leaves").map { it to hidden(page, it) }
        val answer = post(path, *(hidden + fields + ("outcome" to outcome)).toTypedArray())
        check(answer.status == SEE_OTHER) { "$outcome: ${answer.status}\n${answer.text}" }
    }

    private fun hidden(
        page: String,
        name: String,
    ): String = page.substringAfter("name=\"$name\" value=\"").substringBefore('"')

    private fun request(path: String): HttpRequest.Builder {
        val request = HttpRequest.newBuilder(URI(url + path)).header("accept-language", "en")
        if (cookies.isEmpty()) return request
        return request.header("cookie", cookies.entries.joinToString("; ") { "${it.key}=${it.value}" })
    }

    private fun send(request: HttpRequest): Page {
        val answer = client.send(request, HttpResponse.BodyHandlers.ofByteArray())
        answer.headers().allValues("set-cookie").forEach { keep(it) }
        val text = String(answer.body())
        Regex("name=\"csrf\" value=\"([^\"]*)\"").find(text)?.let { token = it.groupValues[1] }
        return Page(answer.statusCode(), answer.headers().firstValue("location").orElse(""), text, answer.body())
    }

    private fun keep(cookie: String) {
        val (name, value) = cookie.substringBefore(';').split('=', limit = 2)
        if ("Max-Age=0" in cookie) cookies.remove(name) else cookies[name] = value
    }

    private companion object {
        const val SEE_OTHER = 303

        fun encode(text: String): String = URLEncoder.encode(text, Charsets.UTF_8)
    }
}

/** A browser that was told to go on: the app's own way to the hub, which pins the key, is another. */
internal fun anyCertificate(): SSLContext {
    val anyone =
        object : X509ExtendedTrustManager() {
            override fun checkClientTrusted(
                chain: Array<X509Certificate>?,
                type: String?,
            ) = Unit

            override fun checkServerTrusted(
                chain: Array<X509Certificate>?,
                type: String?,
            ) = Unit

            override fun checkClientTrusted(
                chain: Array<X509Certificate>?,
                type: String?,
                socket: Socket?,
            ) = Unit

            override fun checkServerTrusted(
                chain: Array<X509Certificate>?,
                type: String?,
                socket: Socket?,
            ) = Unit

            override fun checkClientTrusted(
                chain: Array<X509Certificate>?,
                type: String?,
                engine: SSLEngine?,
            ) = Unit

            override fun checkServerTrusted(
                chain: Array<X509Certificate>?,
                type: String?,
                engine: SSLEngine?,
            ) = Unit

            override fun getAcceptedIssuers(): Array<X509Certificate> = emptyArray()
        }
    return plainTls().apply { init(null, arrayOf(anyone), SecureRandom()) }
}

/**
 * TLS as Java does it. Robolectric puts the providers of Android before those of Java, whose classes do not know their
 * curves.
 */
internal fun plainTls(): SSLContext {
    listOf("BC", "Conscrypt").forEach(Security::removeProvider)
    return SSLContext.getInstance("TLS", "SunJSSE")
}
