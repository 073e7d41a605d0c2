// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "base/exportprogress.h"

#include <QCoreApplication>

class LadderModel;

/// Writes a ladder to a file: a picture for printing, or Mermaid text. A ladder that does not fit into one picture
/// becomes several: "x-1.png", "x-2.png", …. Either all of them appear complete, or none. Call these functions on the
/// model's thread; they need a QGuiApplication, of any platform.
class PictureSaver
{
    Q_DECLARE_TR_FUNCTIONS(PictureSaver)
public:
    /// The suffix selects the format: .svg, .png or .mmd.
    static ExportOutcome save(const LadderModel &model, const QString &path, ExportProgress &progress);
    static QString fileFilter(); ///< for a file dialog
};
