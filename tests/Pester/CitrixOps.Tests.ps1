# The surface of CitrixOps as an administrator reads it. Pester 5, on the staged module (dotnet build CitrixOps.sln first).
BeforeAll {
    $script:Root = Split-Path -Parent (Split-Path -Parent $PSScriptRoot)
    Import-Module (Join-Path $Root 'artifacts/CitrixOps') -Force
    $script:Case = Join-Path $Root 'examples/sample-case'
}

Describe 'The module' {
    It 'exports its commands and nothing else' {
        (Get-Command -Module CitrixOps -CommandType Cmdlet).Name | Sort-Object |
            Should -Be 'Get-GatewayAdvisory', 'Get-GatewayPatchLevel', 'Get-LogCoverage', 'Search-ExploitIndicators'
    }

    It 'has help with examples for <_>' -ForEach 'Get-GatewayAdvisory', 'Get-GatewayPatchLevel', 'Get-LogCoverage', 'Search-ExploitIndicators' {
        $help = Get-Help $_ -Full
        $help.Synopsis | Should -Not -BeNullOrEmpty
        @($help.Examples.Example).Count | Should -BeGreaterOrEqual 2
    }

    It 'imports in less than two seconds, again and again' {
        { Import-Module (Join-Path $Root 'artifacts/CitrixOps') -Force } | Should -Not -Throw
    }
}

Describe 'Get-GatewayPatchLevel' {
    It 'says that <Version> is <Status>' -ForEach @(
        @{ Version = '13.0-92.31'; Status = 'EndOfLifeVulnerable' }
        @{ Version = '14.1-47.46'; Status = 'Vulnerable' }
        @{ Version = '14.1-80.1'; Status = 'NewerThanCatalogue' }
    ) {
        (Get-GatewayPatchLevel -Version $Version).Status | Should -Be $Status
    }

    It 'reports a version that is none and goes on' {
        $result = Get-GatewayPatchLevel -Version 'nonsense', '14.1-47.46' -ErrorAction SilentlyContinue -ErrorVariable problems
        $problems[0].FullyQualifiedErrorId | Should -BeLike 'VersionNotRecognised,*'
        $result.Version | Should -Be '14.1-47.46'
    }

    It 'survives JSON' {
        $json = Get-GatewayPatchLevel -Version '14.1-47.46' | ConvertTo-Json -Depth 6 | ConvertFrom-Json
        $json.RecommendedBuild | Should -Be '14.1-73.46'
    }
}

Describe 'Search-ExploitIndicators' {
    BeforeAll {
        $script:Reports = Search-ExploitIndicators -Path $Case -Since 2019-12-24Z -Until 2020-01-16Z -AsReport
    }

    It 'tells the gateway that was attempted from the one that was broken into' {
        ($Reports | Where-Object Gateway -eq 'gw-raadhuis').Verdict | Should -Be 'Attempted'
        ($Reports | Where-Object Gateway -eq 'gw-sociaal').Verdict | Should -Be 'Compromised'
    }

    It 'writes findings that can be sorted, exported and grouped' {
        $findings = Search-ExploitIndicators -Path $Case -Since 2019-12-24Z -Until 2020-01-16Z 6> $null
        ($findings | Group-Object Gateway).Count | Should -Be 2
        $findings | Select-Object Time, Gateway, IndicatorId, Excerpt | ConvertTo-Csv -NoTypeInformation | Should -Not -BeNullOrEmpty
    }

    It 'is never NoTrace where the logs do not cover the window' {
        # what lies on the disk counts whatever the window: the second gateway's listing shows it
        (Search-ExploitIndicators -Path $Case -Since 2019-01-01Z -Until 2019-01-02Z -AsReport).Verdict | Should -Be 'Inconclusive', 'Compromised'
    }

    It 'takes files from the pipeline' {
        Get-ChildItem $Case -Filter *.gz | Search-ExploitIndicators -AsReport | Should -HaveCount 2
    }
}

Describe 'Get-LogCoverage' {
    It 'says which window each log covers' {
        $coverage = Get-LogCoverage -Path $Case -Since 2019-12-24Z -Until 2020-01-16Z
        $coverage | Should -HaveCount 16
        $coverage.Covers | Sort-Object -Unique | Should -Be 'True'
    }
}
