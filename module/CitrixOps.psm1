# Picks the binaries for this PowerShell. Core language only, so that it imports wherever the engine runs.
$modern = $PSVersionTable.PSEdition -eq 'Core' -and [Environment]::Version.Major -ge 10 -and -not $env:CITRIXOPS_LEGACY_BINARIES
$folder = [IO.Path]::Combine($PSScriptRoot, 'bin', $(if ($modern) { 'net10.0' } else { 'netstandard2.0' }))
if ($PSVersionTable.PSEdition -ne 'Core') {
    # Windows PowerShell: its own copies of these are missing or older
    foreach ($name in 'Newtonsoft.Json', 'System.Runtime.CompilerServices.Unsafe', 'System.Buffers', 'System.Numerics.Vectors', 'System.Memory') {
        $null = [Reflection.Assembly]::LoadFrom([IO.Path]::Combine($folder, "$name.dll"))
    }
}
Import-Module ([IO.Path]::Combine($folder, 'CitrixOps.PowerShell.dll')) -ErrorAction Stop
Export-ModuleMember -Cmdlet * -Alias *
