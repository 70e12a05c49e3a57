"""How a diagnosis is told: terminal, HTML, JSON, SARIF, JUnit, notebook, TensorBoard. Reporters see facts only."""
