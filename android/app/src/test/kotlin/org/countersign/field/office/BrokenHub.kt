package org.countersign.field.office

import com.sun.net.httpserver.HttpsConfigurator
import com.sun.net.httpserver.HttpsServer
import java.io.File
import java.net.InetAddress
import java.net.InetSocketAddress
import java.net.URI
import java.security.KeyFactory
import java.security.KeyStore
import java.security.SecureRandom
import java.security.cert.CertificateFactory
import java.security.spec.PKCS8EncodedKeySpec
import java.util.Base64
import java.util.concurrent.CopyOnWriteArrayList
import java.util.concurrent.Executors
import javax.net.ssl.KeyManagerFactory
import javax.net.ssl.SSLContext

/** Listens at a hub's address and answers everything alike, with a key of its own choice. */
class BrokenHub(
    url: String,
    /** Data folder of the hub whose TLS key it has. */
    keys: File,
    status: Int,
    body: String = "",
    headers: Map<String, String> = emptyMap(),
) : AutoCloseable {
    /** What was asked of it. */
    val asked: MutableList<String> = CopyOnWriteArrayList()
    private val threads = Executors.newCachedThreadPool()
    private val server: HttpsServer =
        HttpsServer.create(InetSocketAddress(InetAddress.getLoopbackAddress(), URI(url).port), 0).apply {
            httpsConfigurator = HttpsConfigurator(context(keys))
            executor = threads
            createContext("/") { exchange ->
                asked += "${exchange.requestMethod} ${exchange.requestURI}"
                headers.forEach { (name, value) -> exchange.responseHeaders.add(name, value) }
                val bytes = body.toByteArray()
                exchange.sendResponseHeaders(status, if (bytes.isEmpty()) -1 else bytes.size.toLong())
                exchange.responseBody.use { it.write(bytes) }
            }
            start()
        }

    override fun close() {
        server.stop(0)
        threads.shutdownNow()
    }

    private companion object {
        fun context(folder: File): SSLContext {
            val tls = plainTls()
            val store = KeyStore.getInstance("PKCS12").apply { load(null, null) }
            val certificates =
                File(
                    folder,
                    "keys/tls.crt",
                ).inputStream().use { CertificateFactory.getInstance("X.509").generateCertificates(it) }
            val lines = File(folder, "keys/tls.key").readLines().filterNot { it.startsWith("-----") }
            val key = PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(lines.joinToString("")))
            store.setKeyEntry(
                "hub",
                KeyFactory.getInstance("EC").generatePrivate(key),
                charArrayOf(),
                certificates.toTypedArray(),
            )
            val keys = KeyManagerFactory.getInstance("SunX509").apply { init(store, charArrayOf()) }
            return tls.apply { init(keys.keyManagers, null, SecureRandom()) }
        }
    }
}
