<#
.SYNOPSIS
    Builds, tests, packs or cleans CitrixOps. Runs in PowerShell and in the console of this repository.
.EXAMPLE
    ./build.ps1 -Task Test -Configuration Release
#>
param(
    [ValidateSet('Build', 'Test', 'Pack', 'Clean')]
    [string] $Task = 'Build',

    [ValidateSet('Debug', 'Release')]
    [string] $Configuration = 'Debug'
)

$ErrorActionPreference = 'Stop'
$solution = [IO.Path]::Combine($PSScriptRoot, 'CitrixOps.sln')
$artifacts = [IO.Path]::Combine($PSScriptRoot, 'artifacts')
$staged = [IO.Path]::Combine($artifacts, 'CitrixOps')

function Invoke-Dotnet {
    & dotnet $args
    if ($LASTEXITCODE -ne 0) {
        throw "dotnet $($args[0]) failed with exit code $LASTEXITCODE."
    }
}

# the first of these that is there and has Pester 5
function Find-Pester {
    foreach ($name in 'pwsh', 'powershell') {
        $command = Get-Command $name -CommandType Application -ErrorAction Ignore
        if ($command) {
            $version = & $name -NoProfile -Command "(Get-Module Pester -ListAvailable | Where-Object { `$_.Version.Major -ge 5 }).Count"
            if ([int] "0$version" -gt 0) {
                $name
            }
        }
    }
}

switch ($Task) {
    'Build' {
        Invoke-Dotnet build $solution -c $Configuration
    }
    'Test' {
        Invoke-Dotnet test $solution -c $Configuration
        $hosts = @(Find-Pester)
        if ($hosts.Count -eq 0) {
            'Pester: not run. Neither pwsh nor Windows PowerShell with Pester 5 is on this machine.'
        }
        foreach ($name in $hosts) {
            & $name -NoProfile -Command "Invoke-Pester -Path '$([IO.Path]::Combine($PSScriptRoot, 'tests', 'Pester'))' -CI"
            if ($LASTEXITCODE -ne 0) {
                throw "Pester in $name failed."
            }
        }
    }
    'Pack' {
        Invoke-Dotnet build $solution -c $Configuration
        $manifest = [IO.File]::ReadAllText([IO.Path]::Combine($staged, 'CitrixOps.psd1'))
        $version = [regex]::Match($manifest, "ModuleVersion\s*=\s*'([0-9.]+)'").Groups[1].Value
        $package = [IO.Path]::Combine($artifacts, "CitrixOps.$version.zip")
        [IO.File]::Delete($package)
        [IO.Compression.ZipFile]::CreateFromDirectory($staged, $package, 'Optimal', $true)
        $hash = [Convert]::ToHexString([Security.Cryptography.SHA256]::HashData([IO.File]::ReadAllBytes($package))).ToLowerInvariant()
        [IO.File]::WriteAllText("$package.sha256", "$hash  CitrixOps.$version.zip`n")
        "Packed $package"
    }
    'Clean' {
        Invoke-Dotnet clean $solution -c $Configuration -v q
        if ([IO.Directory]::Exists($artifacts)) {
            [IO.Directory]::Delete($artifacts, $true)
        }
    }
}
