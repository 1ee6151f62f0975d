@echo off
@rem Runs Maven in the version that .mvn\wrapper\maven-wrapper.properties names, and gets it first
@rem where it is not there yet: by download, or else through an installed mvn. Its SHA-256 is
@rem checked before it is unpacked.
@rem
@rem   MAVEN_USER_HOME  where the unpacked Maven is kept; default %USERPROFILE%\.m2
@rem   MVNW_REPOURL     a repository to download it from, instead of the address in the properties
@rem
@rem Everything below the line of #s is PowerShell. It prints the directories of Java and Maven, or
@rem says on the error stream what is wrong and prints nothing.
setlocal

set "MVNW_SCRIPT=%~f0"
set "MVNW_PROJECT=%~dp0"
set "MVNW_JAVA="
set "MVNW_MAVEN="
for /f "usebackq tokens=1,* delims==" %%A in (`powershell -NoLogo -NoProfile -NonInteractive -ExecutionPolicy Bypass -Command "$text = [IO.File]::ReadAllText($env:MVNW_SCRIPT); Invoke-Expression $text.Substring($text.LastIndexOf('#' * 40) + 40)"`) do (
  if "%%A"=="java" set "MVNW_JAVA=%%B"
  if "%%A"=="maven" set "MVNW_MAVEN=%%B"
)
if not defined MVNW_MAVEN exit /b 1
set "JAVA_HOME=%MVNW_JAVA%"

@rem The newcomer's command shows a line for each jar that is built.
set "MVNW_QUIET="
for %%A in (%*) do if "%%~A"=="-Prun" set "MVNW_QUIET=-Dorg.slf4j.simpleLogger.defaultLogLevel=warn -Dorg.slf4j.simpleLogger.log.org.apache.maven.plugins.jar=error -Dorg.slf4j.simpleLogger.log.org.codehaus.plexus.archiver.jar=info"
if defined MVNW_QUIET echo mvnw: building Sallyport, then starting the reference server (the first time downloads its libraries) 1>&2

call "%MVNW_MAVEN%\bin\mvn.cmd" %MVNW_QUIET% %*
exit /b %ERRORLEVEL%

########################################
$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'

function Say($text) { [Console]::Error.WriteLine("mvnw: $text") }
function Fail([string[]] $lines) { throw ($lines -join "`nmvnw: ") }

function Find-Java {
  if ($env:JAVA_HOME) {
    $java = Join-Path $env:JAVA_HOME 'bin\java.exe'
    if (-not (Test-Path -LiteralPath $java)) {
      Fail "JAVA_HOME is $env:JAVA_HOME, which has no bin\java.exe.",
        'Set JAVA_HOME to a JDK of version 17 or newer, or unset it to use the java on the PATH.'
    }
  } else {
    $command = Get-Command java -CommandType Application -ErrorAction SilentlyContinue | Select-Object -First 1
    if (-not $command) {
      Fail 'No Java found: JAVA_HOME is not set, and there is no java on the PATH.',
        'Install a JDK of version 17 or newer, and set JAVA_HOME to its directory.'
    }
    $java = $command.Path
  }
  # java writes its settings to the error stream, which must not count as a failure.
  $ErrorActionPreference = 'Continue'
  $settings = (& $java -XshowSettings:properties -version 2>&1 | ForEach-Object { "$_" }) -join "`n"
  $ErrorActionPreference = 'Stop'
  $version = if ($settings -match 'java\.specification\.version = (\S+)') { $Matches[1] } else { 'of unknown version' }
  $found = if ($settings -match '(?m)java\.home = (.+?)\s*$') { $Matches[1] } else { '' }
  if ($version -notmatch '^\d+$' -or [int] $version -lt 17) {
    Fail "$java is Java $version, and this build needs 17 or newer.",
      'Set JAVA_HOME to a JDK of version 17 or newer.'
  }
  if (-not (Test-Path -LiteralPath (Join-Path $found 'bin\javac.exe'))) {
    Fail "$found is a Java runtime without a compiler.", 'Install a JDK, or set JAVA_HOME to one.'
  }
  $found
}

function Get-Checksum($file) {
  $algorithm = [Security.Cryptography.SHA256]::Create()
  $stream = [IO.File]::OpenRead($file)
  try { ([BitConverter]::ToString($algorithm.ComputeHash($stream)) -replace '-').ToLowerInvariant() }
  finally { $stream.Dispose() }
}

function Get-Download($url, $zip) {
  try {
    [Net.ServicePointManager]::SecurityProtocol = [Net.ServicePointManager]::SecurityProtocol -bor [Net.SecurityProtocolType]::Tls12
    $client = New-Object Net.WebClient
    $client.DownloadFile($url, $zip)
    $true
  } catch {
    Say "$url : $($_.Exception.Message)"
    $false
  }
}

# An installed Maven, of whatever version, knows its way to a repository (mirrors, proxies).
# Called where no project is, so that it reads none of ours.
function Copy-WithInstalledMaven($version, $work, $zip) {
  $mvn = Get-Command mvn -CommandType Application -ErrorAction SilentlyContinue | Select-Object -First 1
  if (-not $mvn) { return $false }
  if (Test-Path -LiteralPath $zip) { Remove-Item -LiteralPath $zip }
  $ErrorActionPreference = 'Continue'
  Push-Location -LiteralPath $work
  try {
    & $mvn.Path --batch-mode --quiet org.apache.maven.plugins:maven-dependency-plugin:3.11.0:copy `
      "-Dartifact=org.apache.maven:apache-maven:${version}:zip:bin" "-DoutputDirectory=$work" 2>&1 |
      ForEach-Object { [Console]::Error.WriteLine("$_") }
  } finally { Pop-Location }
  ($LASTEXITCODE -eq 0) -and (Test-Path -LiteralPath $zip)
}

function Find-Maven($java) {
  $properties = @{}
  foreach ($line in [IO.File]::ReadAllLines((Join-Path $env:MVNW_PROJECT '.mvn\wrapper\maven-wrapper.properties'))) {
    if ($line -match '^\s*([^#=\s]+)\s*=\s*(.*?)\s*$') { $properties[$Matches[1]] = $Matches[2] }
  }
  $url = $properties['distributionUrl']
  $checksum = $properties['distributionSha256Sum']
  if (-not $url -or -not $checksum) {
    Fail '.mvn\wrapper\maven-wrapper.properties must set distributionUrl and distributionSha256Sum.'
  }
  $name = ($url -replace '^.*/') -replace '-bin\.zip$'
  $version = $name -replace '^apache-maven-'
  if ($env:MVNW_REPOURL) {
    $url = $env:MVNW_REPOURL.TrimEnd('/') + "/org/apache/maven/apache-maven/$version/$name-bin.zip"
  }
  $user = if ($env:MAVEN_USER_HOME) { $env:MAVEN_USER_HOME } else { Join-Path $env:USERPROFILE '.m2' }
  $dist = Join-Path $user "wrapper\dists\$name"
  $maven = Join-Path $dist $checksum
  if (Test-Path -LiteralPath (Join-Path $maven 'bin\mvn.cmd')) { return $maven }

  Say "getting Maven $version (once; it is kept in $maven)"
  $work = Join-Path $dist ('.new.' + [Guid]::NewGuid().ToString('N'))
  New-Item -ItemType Directory -Force -Path $work | Out-Null
  try {
    $zip = Join-Path $work "$name-bin.zip"
    if (-not (Get-Download $url $zip) -and -not (Copy-WithInstalledMaven $version $work $zip)) {
      Fail "Could not get Maven $version.", "Tried $url", 'and then an installed mvn. Behind a company''s repository,',
        'set MVNW_REPOURL to its address, or put an mvn on the PATH whose settings.xml knows the way.'
    }
    $actual = Get-Checksum $zip
    if ($actual -ne $checksum) {
      Fail 'The Maven that arrived is not the one that was expected; it was discarded.',
        "SHA-256 expected: $checksum", "SHA-256 actual:   $actual", "From: $url"
    }
    Push-Location -LiteralPath $work
    try { & (Join-Path $java 'bin\jar.exe') --extract --file $zip } finally { Pop-Location }
    if ($LASTEXITCODE -ne 0) { Fail "Could not unpack $zip." }
    # A rename, so whoever starts at the same moment sees a whole Maven or none.
    try { [IO.Directory]::Move((Join-Path $work $name), $maven) }
    catch { if (-not (Test-Path -LiteralPath (Join-Path $maven 'bin\mvn.cmd'))) { throw } }
  } finally {
    Remove-Item -LiteralPath $work -Recurse -Force -ErrorAction SilentlyContinue
  }
  $maven
}

try {
  $java = Find-Java
  $maven = Find-Maven $java
} catch {
  Say $_.Exception.Message
  exit 1
}
"java=$java"
"maven=$maven"
