// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

class QComboBox;

namespace ComboLists {

/// Gives the list of a combo box the accessible name of the box, as soon as assistive technology needs it. Qt creates
/// the list on demand; with all of them, a window would be visible later.
void name(const QComboBox &combo);

} // namespace ComboLists
