// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "ladderrow.h"

class LadderModel;

/// Writes a ladder as a Mermaid sequence diagram (mermaid.js.org, "Sequence diagrams"). On the thread of the model.
namespace LadderMermaid {

/// "sequenceDiagram", the participants, and everything before the first row. Every line ends with a newline.
QString header(const std::array<QString, 2> &addresses);
/// The sentences of LadderModel::legend(), as notes; after the header.
QString legend(const QStringList &sentences);
/// A row of a model: its headings, the arrow, and states and steps as notes, in the order of the picture: if two arrows
/// cross, the second one leaves before the first one arrives. Texts are escaped, so that none ends a statement.
QString lines(const LadderModel &model, LadderIndex at);

} // namespace LadderMermaid
