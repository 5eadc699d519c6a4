import org.gradle.process.ExecOperations
import org.jetbrains.kotlin.gradle.dsl.JvmTarget
import javax.inject.Inject

plugins {
    alias(libs.plugins.android.application)
    alias(libs.plugins.kotlin.android)
    alias(libs.plugins.kotlin.compose)
}

android {
    namespace = "org.countersign.field"
    compileSdk = libs.versions.compileSdk.get().toInt()

    defaultConfig {
        applicationId = "org.countersign.field"
        minSdk = libs.versions.minSdk.get().toInt()
        targetSdk = libs.versions.targetSdk.get().toInt()
        versionCode = 1
        versionName = "0.1.0"
    }

    signingConfigs {
        // The key of what is published is never in the tree: the environment says where it is and opens it.
        providers.environmentVariable("COUNTERSIGN_KEY_STORE").orNull?.let { keyStore ->
            val password = providers.environmentVariable("COUNTERSIGN_KEY_STORE_PASSWORD").get()
            create("published") {
                storeFile = file(keyStore)
                storePassword = password
                keyAlias = providers.environmentVariable("COUNTERSIGN_KEY_ALIAS").get()
                keyPassword = providers.environmentVariable("COUNTERSIGN_KEY_PASSWORD").getOrElse(password)
            }
        }
    }

    buildTypes {
        release {
            isMinifyEnabled = true
            signingConfig = signingConfigs.findByName("published") ?: signingConfigs.getByName("debug")
            proguardFiles(getDefaultProguardFile("proguard-android-optimize.txt"), "proguard-rules.pro")
        }
    }

    compileOptions {
        sourceCompatibility = JavaVersion.VERSION_17
        targetCompatibility = JavaVersion.VERSION_17
    }

    androidResources {
        localeFilters += listOf("en", "es", "zh-rCN", "zh-rTW")
    }

    packaging {
        // The JNA archive carries processors that no phone of ours has.
        jniLibs.excludes += listOf("**/mips/*", "**/mips64/*", "**/armeabi/*")
    }

    buildFeatures {
        buildConfig = false
        compose = true
    }

    testOptions {
        unitTests.isIncludeAndroidResources = true
    }
}

kotlin {
    compilerOptions {
        jvmTarget.set(JvmTarget.JVM_17)
        allWarningsAsErrors.set(true)
    }
}

/** The Rust library for the four processors, by cargo-ndk. */
abstract class NativeLibraries : DefaultTask() {
    @get:Internal
    abstract val workspace: DirectoryProperty

    @get:Input
    abstract val platform: Property<String>

    @get:OutputDirectory
    abstract val libraries: DirectoryProperty

    @get:Inject
    abstract val processes: ExecOperations

    @TaskAction
    fun build() {
        processes.exec {
            workingDir(workspace)
            commandLine("cargo", "ndk", "--platform", platform.get())
            args("-t", "arm64-v8a", "-t", "armeabi-v7a", "-t", "x86", "-t", "x86_64")
            args("-o", libraries.get().asFile.path, "build", "--release", "--package", "countersign-bindings", "--lib")
        }
    }
}

/** The Kotlin that the workspace's own generator writes from the library built for this machine. */
abstract class BorderKotlin : DefaultTask() {
    @get:Internal
    abstract val workspace: DirectoryProperty

    @get:OutputDirectory
    abstract val kotlin: DirectoryProperty

    @get:Inject
    abstract val processes: ExecOperations

    @TaskAction
    fun generate() {
        processes.exec {
            workingDir(workspace)
            commandLine("cargo", "build", "--workspace")
        }
        processes.exec {
            workingDir(workspace)
            commandLine("target/debug/countersign-bindgen", "generate", "--library")
            args("target/debug/libcountersign_bindings.so", "--language", "kotlin", "--no-format")
            args("--out-dir", kotlin.get().asFile.path)
        }
    }
}

// Cargo knows best whether something changed, so both tasks always ask it.
val nativeLibraries =
    tasks.register<NativeLibraries>("nativeLibraries") {
        workspace.set(rootProject.layout.projectDirectory.dir(".."))
        platform.set(libs.versions.minSdk)
        outputs.upToDateWhen { false }
    }
val borderKotlin =
    tasks.register<BorderKotlin>("borderKotlin") {
        workspace.set(rootProject.layout.projectDirectory.dir(".."))
        outputs.upToDateWhen { false }
    }

androidComponents {
    onVariants { variant ->
        variant.sources.jniLibs?.addGeneratedSourceDirectory(nativeLibraries, NativeLibraries::libraries)
        variant.sources.kotlin?.addGeneratedSourceDirectory(borderKotlin, BorderKotlin::kotlin)
    }
}

dependencies {
    implementation(platform(libs.androidx.compose.bom))
    implementation(libs.androidx.activity.compose)
    implementation(libs.androidx.appcompat)
    implementation(libs.androidx.compose.foundation)
    implementation(libs.androidx.compose.material3)
    implementation(libs.androidx.compose.material3.adaptive)
    implementation(libs.androidx.compose.material3.adaptive.layout)
    implementation(libs.androidx.compose.material3.adaptive.navigation)
    implementation(libs.androidx.compose.runtime)
    implementation(libs.androidx.compose.ui)
    implementation(libs.androidx.compose.ui.tooling.preview)
    implementation(libs.androidx.core.ktx)
    implementation(libs.androidx.core.splashscreen)
    implementation(libs.androidx.exifinterface)
    implementation(libs.androidx.lifecycle.process)
    implementation(libs.androidx.lifecycle.runtime.compose)
    implementation(libs.androidx.lifecycle.viewmodel.compose)
    implementation(libs.androidx.lifecycle.viewmodel.savedstate)
    implementation(libs.androidx.navigation.compose)
    implementation(libs.androidx.work.runtime)
    implementation(libs.kotlinx.coroutines.android)
    implementation(libs.zxing.core)
    implementation(variantOf(libs.jna) { artifactType("aar") })

    debugImplementation(platform(libs.androidx.compose.bom))
    debugImplementation(libs.androidx.compose.ui.test.manifest)

    testImplementation(platform(libs.androidx.compose.bom))
    testImplementation(libs.androidx.compose.ui.test.junit4)
    testImplementation(libs.androidx.test.core)
    testImplementation(libs.androidx.test.ext.junit)
    testImplementation(libs.androidx.work.testing)
    testImplementation(libs.jna)
    testImplementation(libs.junit)
    testImplementation(libs.kotlinx.coroutines.test)
    testImplementation(libs.robolectric)
}
