import com.android.apksig.ApkSigner;
import com.android.apksig.ApkVerifier;
import java.io.File;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * Aligns (4 bytes, native libraries 16 KiB), signs and verifies: {@code Sign sign IN OUT KEYSTORE ALIAS MINSDK}, or
 * {@code Sign verify APK…}. Passwords come from the environment alone: COUNTERSIGN_KEY_STORE_PASSWORD and, where the
 * key has one of its own, COUNTERSIGN_KEY_PASSWORD.
 */
public final class Sign {
  private static final int LIBRARY_PAGE = 16384;

  public static void main(String[] args) throws Exception {
    try {
      if (args[0].equals("sign")) {
        sign(new File(args[1]), new File(args[2]), new File(args[3]), args[4], Integer.parseInt(args[5]));
      } else {
        for (String apk : List.of(args).subList(1, args.length)) verify(new File(apk));
      }
    } catch (Refused refused) {
      System.err.println(refused.getMessage());
      System.exit(1);
    }
  }

  private static void sign(File in, File out, File keys, String alias, int minSdk) throws Exception {
    char[] password = password("COUNTERSIGN_KEY_STORE_PASSWORD", null);
    KeyStore store;
    try {
      store = KeyStore.getInstance(keys, password);
    } catch (java.io.IOException wrong) {
      throw new Refused(keys + " does not open: not a key store, or a wrong COUNTERSIGN_KEY_STORE_PASSWORD");
    }
    ApkSigner.SignerConfig signer = signer(store, alias, password("COUNTERSIGN_KEY_PASSWORD", password));
    new ApkSigner.Builder(List.of(signer))
        .setInputApk(in)
        .setOutputApk(out)
        .setMinSdkVersion(minSdk)
        .setV1SigningEnabled(minSdk < 24)
        .setV2SigningEnabled(true)
        .setV3SigningEnabled(true)
        .setAlignFileSize(true)
        .setLibraryPageAlignmentBytes(LIBRARY_PAGE)
        .setAlignmentPreserved(false)
        .build()
        .sign();
    verify(out);
  }

  private static ApkSigner.SignerConfig signer(KeyStore store, String alias, char[] password) throws Exception {
    Key key;
    try {
      key = store.getKey(alias, password);
    } catch (GeneralSecurityException wrong) {
      throw new Refused("the key " + alias + " does not open: a wrong COUNTERSIGN_KEY_PASSWORD");
    }
    if (!(key instanceof PrivateKey)) throw new Refused("the key store has no private key " + alias);
    List<X509Certificate> chain = new ArrayList<>();
    for (Certificate certificate : store.getCertificateChain(alias)) chain.add((X509Certificate) certificate);
    return new ApkSigner.SignerConfig.Builder(alias, (PrivateKey) key, chain).build();
  }

  private static char[] password(String variable, char[] otherwise) throws Refused {
    String value = System.getenv(variable);
    if (value != null && !value.isEmpty()) return value.toCharArray();
    if (otherwise == null) throw new Refused(variable + " is not set");
    return otherwise;
  }

  /** Both schemes must hold: the second is all that Android 8 knows, the third lets a key be changed later. */
  private static void verify(File apk) throws Exception {
    ApkVerifier.Result result = new ApkVerifier.Builder(apk).build().verify();
    if (!result.isVerified()) throw new Refused(apk + " does not verify: " + result.getAllErrors());
    if (!result.isVerifiedUsingV2Scheme() || !result.isVerifiedUsingV3Scheme()) {
      throw new Refused(apk + " is not signed by both schemes, v2 and v3");
    }
    byte[] certificate = result.getSignerCertificates().get(0).getEncoded();
    String digest = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(certificate));
    System.out.println(apk.getName() + ": v2 and v3 verified, certificate " + digest);
  }

  /** What is refused, in words for the person who asked. */
  private static final class Refused extends Exception {
    private static final long serialVersionUID = 1L;

    Refused(String message) {
      super(message);
    }
  }
}
