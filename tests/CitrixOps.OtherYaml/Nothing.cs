namespace CitrixOps.OtherYaml;

/// <summary>Not the library that bears the assembly's name.</summary>
public static class Nothing
{
}
