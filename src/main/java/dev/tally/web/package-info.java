/**
 * HTTP: controllers, the wire's JSON, problems, the OpenAPI document.
 *
 * <p>{@link dev.tally.web.AnalysisController} is the main job, {@link dev.tally.web.CatalogueController} what there is
 * to start from. {@link dev.tally.web.BatchStream} is the main job for many networks on one connection, counted by
 * {@link dev.tally.web.CountingPool}; {@link dev.tally.web.Analyses} counts for both, and
 * {@link dev.tally.web.LargeAnalyses} bounds the large ones at once. {@link dev.tally.web.Models} sends networks as
 * ONNX models, {@link dev.tally.web.ModelPlaces} a few at once. What is measured becomes a job of {@code job}:
 * {@link dev.tally.web.SubmittedJobs} answers who posted it, {@link dev.tally.web.JobController} whoever asks later,
 * {@link dev.tally.web.JobAnswers} makes the answer by the {@link dev.tally.web.StoredAnswers} of its kind.
 * {@link dev.tally.web.LatencyController} lists what was measured before, {@link dev.tally.web.EstimateReader} reads
 * what is to be estimated from it. {@link dev.tally.web.ComparisonController} sets networks side by side,
 * {@link dev.tally.web.AlternativesController} answers cheaper designs of layers, {@link dev.tally.web.SweepController}
 * one description at many values of its parameters. The {@code …Document} records are the answers' JSON; their names
 * and fields are the contract. {@link dev.tally.web.ProblemHandler} turns whatever goes wrong into a problem (RFC
 * 9457). {@link dev.tally.web.LayerSchemas} puts the table of layer types into the OpenAPI document,
 * {@link dev.tally.web.BudgetSchemas} the figures that a budget may limit.
 */
@NullMarked
package dev.tally.web;

import org.jspecify.annotations.NullMarked;
