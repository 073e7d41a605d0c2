// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QString>

/// Which TCP Steps this is.
namespace Version {

/// What --version prints: "TCP Steps 0.1.0, commit 9ab3dd5c1a2b, Qt 6.4.2". The commit is missing if nobody knew it
/// when the build was configured. The Qt is the one that the program runs with.
QString text();

} // namespace Version
