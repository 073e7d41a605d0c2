// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QFileDialog>

/// Asks for a session or a capture, or for two captures. Shows whole names, the newest file first, and leaves out
/// sessions in which nothing happened. Deletes itself when it is closed.
class OpenDialog : public QFileDialog
{
    Q_OBJECT
public:
    OpenDialog(const QString &folder, QWidget *parent);

protected:
    void showEvent(QShowEvent *event) override;
};
