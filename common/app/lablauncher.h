// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QObject>
#include <QProcess>

/// Opens both programs in the lab: a private network of their own, where capturing needs no rights (scripts/lab,
/// which is installed, and a resource of the programs). They keep running when this program ends. Lives on its owner's
/// thread.
class LabLauncher : public QObject
{
    Q_OBJECT
public:
    explicit LabLauncher(QObject *parent = nullptr);
    ~LabLauncher() override;

    void start(); ///< opened() or failed() follows; ignored while an earlier call checks whether that is possible

    /// The path of a program of the pair: beside this one, or in its own folder as in a build; empty if there is none.
    static QString program(const QString &name);

signals:
    void opened();
    void failed(const QString &sentence);

private:
    static QStringList labCommand(const QStringList &arguments);
    void checked(int exitCode);

    QProcess m_check;
};
