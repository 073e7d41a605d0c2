// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QCoreApplication>

class LadderModel;

/// Writes a ladder to a file: a picture for print, or Mermaid's text. The file appears whole, or not at all. Functions for the
/// thread of the model; a QGuiApplication, of any platform, must be there.
class PictureSaver
{
    Q_DECLARE_TR_FUNCTIONS(PictureSaver)
public:
    /// The kind is told by the suffix: .svg, .png or .mmd. An empty text, or a sentence that says why there is no file.
    static QString save(const LadderModel &model, const QString &path);
    static QString fileFilter(); ///< for a file dialog
};
