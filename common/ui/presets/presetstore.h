// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "app/preset.h"

/// The user's presets, which both programs share. For the window's thread.
namespace PresetStore {

/// The presets, or a sentence if somebody else has written something wrong.
std::variant<QList<Preset>, QString> load();
void save(const QList<Preset> &presets);

} // namespace PresetStore
