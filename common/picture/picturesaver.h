// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "base/exportprogress.h"

#include <QCoreApplication>

class LadderModel;

/// Writes a ladder to a file: a picture for print, or Mermaid's text. What one picture cannot hold becomes several: "x-1.png",
/// "x-2.png", …. All of them appear whole, or none does. Functions for the thread of the model; a QGuiApplication, of any platform,
/// must be there.
class PictureSaver
{
    Q_DECLARE_TR_FUNCTIONS(PictureSaver)
public:
    /// The kind is told by the suffix: .svg, .png or .mmd.
    static ExportOutcome save(const LadderModel &model, const QString &path, ExportProgress &progress);
    static QString fileFilter(); ///< for a file dialog
};
