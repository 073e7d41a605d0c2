// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "ladderrow.h"

/// Writes a ladder as a Mermaid sequence diagram (mermaid.js.org, "Sequence diagrams"). Pure; any thread.
namespace LadderMermaid {

/// "sequenceDiagram", the participants, and everything before the first row. Every line ends with a newline.
QString header(const std::array<QString, 2> &addresses);
/// A row: its headings, the arrow, and states and steps as notes. Texts are escaped, so that none ends a statement.
QString lines(const LadderRow &row);

} // namespace LadderMermaid
