// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "ladderrow.h"

/// A ladder as a Mermaid sequence diagram (mermaid.js.org, "Sequence diagrams"). Pure; any thread.
namespace LadderMermaid {

/// "sequenceDiagram", the participants and all that stands before the first row. Every line ends with a newline.
QString header(const std::array<QString, 2> &addresses);
/// A row: its phases, the arrow, states and steps as notes. Nothing in it can end a line or a statement early.
QString lines(const LadderRow &row);

} // namespace LadderMermaid
