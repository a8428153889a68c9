import CModel
package import Inference

extension LocalModel {
    /// The repair model that ships inside the program: no file, no download. See `MODEL_CARD.md` beside its weights.
    package static func embedded(options: EngineOptions = EngineOptions()) throws -> LocalModel {
        let memory = UnsafeRawBufferPointer(start: cm_repair_model(), count: cm_repair_model_size())
        return try LocalModel(eternal: memory, name: "the embedded repair model", options: options)
    }
}
